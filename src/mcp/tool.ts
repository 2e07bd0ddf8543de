import type * as z from 'zod';
import type { Roots } from '../node/roots.js';

/** What a tool is given beside its input. */
export interface ToolContext {
  /** The folders below which files are read and written. */
  readonly roots: Roots;
  /** Is aborted when the client no longer wants the result. */
  readonly signal: AbortSignal;
  /** Tells the client how far the work is: a part of a whole, and a line of text. */
  progress(done: number, whole: number, text: string): void;
}

/** A command as a tool of language-model agents. */
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  /** What it does and gives, for the model that chooses between tools. */
  readonly description: string;
  readonly input: Input;
  /** Whether it writes files. */
  readonly writes: boolean;
  /**
   * Does the work.
   *
   * @returns an object that is written as JSON
   * @throws {UserError} if the input or a file that it names is not as it should be
   */
  run(input: z.output<Input>, context: ToolContext): Promise<object>;
}

/** Defines a tool, whose `run` gets what its schema says. */
export function defineTool<Input extends z.ZodObject>(tool: Tool<Input>): Tool {
  return tool as unknown as Tool;
}
