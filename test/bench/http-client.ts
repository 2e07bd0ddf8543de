import { connect, type Socket } from 'node:net';

/** What connections saw that each asked again as soon as they were answered. */
export interface LoadResult {
  readonly perSecond: number;
  /** Milliseconds that all but a hundredth of the answers took at most. */
  readonly p99: number;
  readonly statuses: Readonly<Record<string, number>>;
}

/** Asks over so many connections for so many seconds; a plain client, so that it takes little of the processors. */
export async function loadServer(
  url: string,
  bodies: readonly string[],
  connections: number,
  seconds: number,
): Promise<LoadResult> {
  const { hostname, port } = new URL(url);
  const requests = bodies.map(
    (body) => `POST /tag HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  let next = 0;
  const end = performance.now() + 1000 * seconds;
  const begin = performance.now();
  const ask = async (): Promise<void> => {
    const socket = connect(Number(port), hostname);
    socket.setNoDelay();
    while (performance.now() < end) {
      const start = performance.now();
      const status = await exchange(socket, requests[next++ % requests.length] as string);
      times.push(performance.now() - start);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, ask));
  times.sort((a, b) => a - b);
  const perSecond = (1000 * times.length) / (performance.now() - begin);
  return { perSecond, p99: times[Math.floor(0.99 * times.length)] ?? Number.NaN, statuses };
}

/** Sends a request and waits for the whole answer, whose status it gives. */
function exchange(socket: Socket, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const read = (data: Buffer): void => {
      answer += data.toString('latin1');
      const head = answer.indexOf('\r\n\r\n');
      const length = head < 0 ? undefined : /^content-length: (\d+)/im.exec(answer)?.[1];
      if (length === undefined || answer.length < head + 4 + Number(length)) return;
      socket.off('data', read);
      socket.off('error', reject);
      resolve(answer.slice(9, 12));
    };
    socket.on('data', read);
    socket.on('error', reject);
    socket.write(request);
  });
}
