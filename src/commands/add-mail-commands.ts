import type { Command } from "commander";
import {
  acceptUnknownMail,
  checkMail,
  finishTask,
  listLostLetters,
  listTasks,
  listUnknownMail,
  refuseUnknownMail,
  resendLetter,
  showMailStatus,
} from "./mail-commands.ts";
import { runCommand } from "./run-command.ts";

interface ByOption {
  readonly by: string;
}

const BY = "--by <name>";
const WHO = "who decides";

function addUnknownMailCommands(mail: Command): void {
  mail
    .command("unknown")
    .description("messages that wait because their sender is unknown or doubtful")
    .action((_, command: Command) => runCommand(command, listUnknownMail));
  mail
    .command("accept <reference>")
    .description("let a message of an unknown sender in")
    .requiredOption(BY, WHO)
    .option("--unit <name>", "the unit that it comes from")
    .action((reference: string, options: ByOption & { unit?: string }, command: Command) =>
      runCommand(command, (config, terminal) => acceptUnknownMail(config, terminal, reference, options)),
    );
  mail
    .command("refuse <reference>")
    .description("refuse a message of an unknown sender; it is kept in the Quarantine folder")
    .requiredOption(BY, WHO)
    .action((reference: string, { by }: ByOption, command: Command) =>
      runCommand(command, (config, terminal) => refuseUnknownMail(config, terminal, reference, by)),
    );
}

/** Adds `ilmo mail …` and `ilmo tasks …`. */
export function addMailCommands(program: Command): void {
  const mail = program.command("mail").description("the office's mailboxes");
  mail
    .command("status")
    .description("how the mailboxes do, what waits, what went wrong")
    .action((_, command: Command) => runCommand(command, showMailStatus));
  mail
    .command("check")
    .description("look through every mailbox once (while no service does)")
    .action((_, command: Command) => runCommand(command, checkMail));
  addUnknownMailCommands(mail);
  mail
    .command("letters")
    .description("letters of ours that may not have arrived")
    .action((_, command: Command) => runCommand(command, listLostLetters));
  mail
    .command("resend <id>")
    .description("send a letter once more that may not have arrived")
    .requiredOption(BY, WHO)
    .action((id: string, { by }: ByOption, command: Command) =>
      runCommand(command, (config, terminal) => resendLetter(config, terminal, id, by)),
    );

  const tasks = program
    .command("tasks")
    .description("what people must do, the most urgent first")
    .option("--all", "done ones too")
    .action((options: { all?: boolean }, command: Command) =>
      runCommand(command, (config, terminal) => listTasks(config, terminal, options.all === true)),
    );
  tasks
    .command("done <id>")
    .description("say that a task is done")
    .requiredOption(BY, "who did it")
    .action((id: string, { by }: ByOption, command: Command) =>
      runCommand(command, (config, terminal) => finishTask(config, terminal, id, by)),
    );
}
