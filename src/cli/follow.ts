import type { Notice } from '../commands/notice.js';
import { Work } from '../commands/work.js';
import { wrapLine } from '../reports/lines.js';
import { say, widthOf } from './streams.js';

/**
 * Follows a story to its end: prints its notices on stderr, unless told to be quiet, and hands on its other events.
 *
 * @returns the story's report
 * @throws what the story or `show` throws
 */
export async function follow<Event extends { readonly kind: string }, Report>(
  story: AsyncGenerator<Event, Report, undefined>,
  quiet: boolean | undefined,
  show: (event: Exclude<Event, Notice>) => void | Promise<void> = () => {},
): Promise<Report> {
  const work = new Work(story);
  for await (const event of work) {
    if (isNotice(event)) say(`${wrapLine(event.text, widthOf(process.stderr), '  ')}\n`, quiet);
    else await show(event as Exclude<Event, Notice>);
  }
  return work.result();
}

function isNotice(event: { readonly kind: string }): event is Notice {
  return event.kind === 'notice';
}
