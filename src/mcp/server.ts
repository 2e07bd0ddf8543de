import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallToolResult, JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { UserError } from '../errors.js';
import type { Roots } from '../node/roots.js';
import type { ToolContext } from './tool.js';
import { checkTool } from './tools/check.js';
import { evalTool } from './tools/eval.js';
import { inspectTool } from './tools/inspect.js';
import { tagTool } from './tools/tag.js';
import { trainTool } from './tools/train.js';

const TOOLS = [tagTool, checkTool, trainTool, evalTool, inspectTool];

const INSTRUCTIONS =
  'Trains and uses named-entity taggers. Check a labelled corpus, train on it, evaluate the model on sentences it has not seen, then tag texts. Paths are relative to the first root; files outside the roots are refused.';

export interface McpOptions {
  readonly roots: Roots;
  /** The version of the package. */
  readonly version: string;
  /** Receives unexpected errors, which are bugs; the client is told that there was one. */
  readonly onFailure: (error: Error) => void;
}

/** Makes a server that offers commands as tools by the Model Context Protocol. */
export function createMcpServer({ roots, version, onFailure }: McpOptions): McpServer {
  const server = new McpServer({ name: 'rnn', version }, { instructions: INSTRUCTIONS });
  for (const { name, description, input, writes, run } of TOOLS) {
    const annotations = { readOnlyHint: !writes, openWorldHint: false };
    server.registerTool(name, { description, inputSchema: input, annotations }, async (given, request) => {
      const token = request._meta?.progressToken;
      const progress: ToolContext['progress'] = (done, whole, text) => {
        if (token === undefined) return;
        const params = { progressToken: token, progress: done, total: whole, message: text };
        request.sendNotification({ method: 'notifications/progress', params }).catch(() => {}); // the client has left
      };
      try {
        const result = await run(given, { roots, signal: request.signal, progress });
        return { content: [{ type: 'text', text: JSON.stringify(result) }] };
      } catch (error) {
        return refusal(error as Error, onFailure);
      }
    });
  }
  return server;
}

/** Returns what a client is told of an error: the message and hint of a mistake, and nothing of a bug. */
function refusal(error: Error, onFailure: McpOptions['onFailure']): CallToolResult {
  const isKnown = error instanceof UserError;
  if (!isKnown) onFailure(error);
  const text = isKnown ? [error.message, error.hint].filter((line) => line !== undefined).join('\n') : 'internal error';
  return { content: [{ type: 'text', text }], isError: true };
}

/** Serves the client at the other end of two streams until it closes the first; what it then still waits for is given up. */
export async function serveStreams(
  server: McpServer,
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
): Promise<void> {
  const left = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
  });
  input.once('end', () => void server.close());
  const transport = new StdioServerTransport(input, output);
  transport.onerror = (error) => {
    const refused = refusalOfLine(error);
    if (refused) void transport.send(refused);
  };
  await server.connect(transport);
  await left;
}

/** Returns the answer to a line that is no message (JSON-RPC 2.0, section 5.1); undefined for errors of another kind. */
function refusalOfLine(error: Error): JSONRPCMessage | undefined {
  const isJson = error.name === 'ZodError';
  if (!isJson && !(error instanceof SyntaxError)) return undefined;
  const refused = isJson
    ? { code: -32_600, message: 'Invalid Request: the line is no JSON-RPC message' }
    : { code: -32_700, message: 'Parse error: the line is not JSON' };
  // The standard wants null for an id that nobody knows, which the types of the package do not have.
  return { jsonrpc: '2.0', id: null, error: refused } as unknown as JSONRPCMessage;
}
