import type { Command } from 'commander';
import { type Commands, createProgramOf, runProgram } from './program.js';

/** Adds each command; what it needs is loaded then, so that a command does not wait for what only others need. */
const COMMANDS: Commands = {
  train: async (program) => (await import('./train.js')).addTrainCommand(program),
  tag: async (program) => (await import('./tag.js')).addTagCommand(program),
  eval: async (program) => (await import('./eval.js')).addEvalCommand(program),
  vocab: async (program) => (await import('./vocab.js')).addVocabCommand(program),
  words: async (program) => (await import('./words.js')).addWordsCommand(program),
  check: async (program) => (await import('./check.js')).addCheckCommand(program),
  doubt: async (program) => (await import('./doubt.js')).addDoubtCommand(program),
  agree: async (program) => (await import('./agree.js')).addAgreeCommand(program),
  convert: async (program) => (await import('./convert.js')).addConvertCommand(program),
  curve: async (program) => (await import('./curve.js')).addCurveCommand(program),
  inspect: async (program) => (await import('./inspect.js')).addInspectCommand(program),
  explain: async (program) => (await import('./explain.js')).addExplainCommand(program),
  sweep: async (program) => (await import('./sweep.js')).addSweepCommand(program),
  export: async (program) => (await import('./export.js')).addExportCommand(program),
  serve: async (program) => (await import('./serve.js')).addServeCommand(program),
  annotate: async (program) => (await import('./annotate.js')).addAnnotateCommand(program),
  mcp: async (program) => (await import('./mcp.js')).addMcpCommand(program),
  init: async (program) => (await import('./init.js')).addInitCommand(program),
  completion: async (program, createWhole) =>
    (await import('./completion.js')).addCompletionCommand(program, createWhole),
};

/** Runs the command line and sets the exit code. */
export function main(argv: readonly string[]): Promise<void> {
  return runProgram(argv, COMMANDS);
}

/** Creates the program with all commands. */
export function createProgram(): Promise<Command> {
  return createProgramOf(COMMANDS);
}
