import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** One verb of `carrick`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** How it is called, behind `carrick `. */
  readonly usage: string;
  readonly options: ParseArgsOptionsConfig;
  /** One line for each option, in the order of the help. */
  readonly help: Readonly<Record<string, string>>;
  run(input: CommandInput): Promise<number>;
}

export interface CommandInput {
  readonly flags: Flags;
  readonly positionals: readonly string[];
  /** Told once, when the user or the machine asks the command to end. */
  readonly stopping: AbortSignal;
}

export type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** Ends a command with one sentence for the user, and what to do about it. */
export class CommandError extends Error {
  readonly exitCode: number;
  constructor(message: string, { exitCode = 1, cause }: { exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

export function usageError(message: string): CommandError {
  return new CommandError(message, { exitCode: 2 });
}

/** @throws CommandError with exit code 2 for a flag that the command does not know. */
export function parseFlags(
  command: Command,
  args: readonly string[],
): { flags: Flags; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { help: { type: 'boolean', short: 'h' }, ...command.options },
      allowPositionals: true,
    });
    // Every option is a single string or boolean: no command declares a repeatable one.
    return { flags: values as Flags, positionals };
  } catch (error) {
    throw usageError(
      `${error instanceof Error ? error.message : String(error)} (carrick ${command.usage} --help lists the flags)`,
    );
  }
}

/** The value of a flag that must be given. */
export function required(flags: Flags, name: string): string {
  const value = flags[name];
  if (typeof value !== 'string' || value === '') throw usageError(`--${name} is needed`);
  return value;
}

export function optional(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function helpOf(command: Command): string {
  const width = Math.max(...Object.keys(command.help).map((name) => name.length), 4);
  const lines = Object.entries({ ...command.help, help: 'this text' }).map(
    ([name, text]) => `  --${name.padEnd(width)}  ${text}`,
  );
  return `carrick ${command.usage}\n\n${command.summary}\n\n${lines.join('\n')}\n`;
}
