import type { Command } from "commander";
import type { Config } from "../config.ts";
import { REASONS } from "../sessions/seat-reasons.ts";
import { runCommand } from "./run-command.ts";
import { book, cancelOneSeat, holdBackOne, move, orderOne, promoteOne, type SeatOptions, showWaiting, walkIn } from "./seat-commands.ts";
import type { Terminal } from "./terminal.ts";

const OVER_CAPACITY = `one seat more than there are: ${REASONS.overCapacity.join(", ")}`;

const KIND = "of the session, when it is not the group information";

type One = (config: Config, terminal: Terminal, id: string, options: SeatOptions) => Promise<void>;

function forOne(command: Command, action: One): Command {
  return command
    .requiredOption("--by <name>", "who decides")
    .action((id: string, options: SeatOptions, self: Command) =>
      runCommand(self, (config, terminal) => action(config, terminal, id, options)),
    );
}

type Two = (config: Config, terminal: Terminal, ids: readonly [string, string], options: SeatOptions) => Promise<void>;

function forTwo(command: Command, action: Two): Command {
  return command
    .requiredOption("--by <name>", "who decides")
    .action((registration: string, session: string, options: SeatOptions, self: Command) =>
      runCommand(self, (config, terminal) => action(config, terminal, [registration, session], options)),
    );
}

/** Adds the commands about one person's seat to `ilmo sessions`. */
export function addSeatCommands(sessions: Command): void {
  forTwo(sessions.command("book <registration> <session>"), book)
    .description("give a seat, or the end of the queue when the session is full")
    .option("--over-capacity <reason>", OVER_CAPACITY);
  forTwo(sessions.command("move <registration> <session>"), move)
    .description("move to another session of the same language")
    .option("--over-capacity <reason>", OVER_CAPACITY)
    .option("--wait", "wait there when it is full")
    .option("--force", "to another language, with a reason")
    .option("--reason <code>", `for --force: ${REASONS.acrossLanguages.join(", ")}`);
  forOne(sessions.command("cancel-seat <registration>"), cancelOneSeat)
    .option("--kind <code>", KIND)
    .description("end one person's place; the first who waits gets the seat")
    .requiredOption("--reason <code>", REASONS.cancelSeat.join(", "));
  forOne(sessions.command("promote <registration>"), promoteOne)
    .option("--kind <code>", KIND)
    .description("give a seat to one who waits, before the others")
    .option("--over-capacity <reason>", OVER_CAPACITY);
  forOne(sessions.command("order <registration>"), orderOne)
    .option("--kind <code>", KIND)
    .description("put one who waits at another place of the queue")
    .option("--to <place>", "1 = first", "1");
  forOne(sessions.command("hold-back <registration>"), holdBackOne)
    .option("--kind <code>", KIND)
    .description("let a person wait until somebody promotes them");
  forOne(sessions.command("walk-in <session>"), walkIn)
    .description("take somebody in at the door, with or without a form")
    .option("--registration <reference>", "the person's registration, when there is one")
    .option("--reference <W-code>", "the walk-in whose form has come now")
    .option("--over-capacity <reason>", OVER_CAPACITY);
  sessions
    .command("waiting <session>")
    .description("the queue, and the order that permits and days of receipt propose")
    .action((session: string, _, command: Command) => runCommand(command, (config, terminal) => showWaiting(config, terminal, session)));
}
