import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { Progress } from '@modelcontextprotocol/sdk/types.js';
import { BINARY, type Folder, plainEnvironment } from './cli.js';

/** The SDK's own client of `rnn mcp`, the real binary. */
export interface McpSession {
  readonly client: Client;
  /** Calls a tool; the answer is its JSON, or its text if it is an error. */
  call(name: string, input: object, onprogress?: (progress: Progress) => void): Promise<McpAnswer>;
}

export interface McpAnswer {
  readonly isError: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: results of any tool
  readonly value: any;
}

export async function startMcp(folder: Folder, ...roots: string[]): Promise<McpSession> {
  const client = new Client({ name: 'test', version: '1' });
  const args = [BINARY, 'mcp', ...roots.flatMap((root) => ['--root', root])];
  const env = plainEnvironment() as Record<string, string>;
  await client.connect(new StdioClientTransport({ command: process.execPath, args, cwd: folder.path, env }));
  return {
    client,
    async call(name, input, onprogress) {
      const options = { timeout: 120_000, ...(onprogress && { onprogress }) };
      const answer = await client.callTool({ name, arguments: { ...input } }, undefined, options);
      const [{ text }] = answer.content as [{ text: string }];
      return answer.isError ? { isError: true, value: text } : { isError: false, value: JSON.parse(text) };
    },
  };
}
