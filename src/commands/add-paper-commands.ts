import { type Command, Option } from "commander";
import { PAPER_LANGUAGES, PARTNER_LANGUAGES, type PaperLanguage, type PartnerLanguage } from "../documents/paper-language.ts";
import { LETTER_ROUTES } from "../pipeline/issue-letters.ts";
import { bundleRequests, type LetterOptions, listLetters, printLetters } from "./letter-commands.ts";
import { type InviteOptions, invite, printPartnerInstruction, printRoster } from "./paper-commands.ts";
import { runCommand } from "./run-command.ts";
import { listTexts, markReviewed, reviewTexts } from "./text-commands.ts";

const languageOption = (description: string): Option => new Option("--language <language>", description).choices(PAPER_LANGUAGES);

/** Adds the commands of papers: `invite`, `roster`, `letters …`, `completion-requests`, `partner-instruction`, `texts …`. */
export function addPaperCommands(program: Command): void {
  addPersonPapers(program);
  addLetters(program);
  addTexts(program);
}

function addPersonPapers(program: Command): void {
  program
    .command("invite <references...>")
    .description("print the invitations of people who have a seat, again if need be")
    .option("--session <session>", "first give the group seats in this session (id or code), for example a language test")
    .option("--by <name>", "the official who invites the group; needed with --session")
    .option("--pictograms", "in pictures, for a person who does not read")
    .option("--text", "in words, also where the form says that the person does not read")
    .action((references: string[], options: InviteOptions, command: Command) =>
      runCommand(command, (config, terminal) => invite(config, terminal, references, options)),
    );
  program
    .command("roster <session>")
    .description("print the roster of a session as it stands now (id or code)")
    .action((session: string, _, command: Command) => runCommand(command, (config, terminal) => printRoster(config, terminal, session)));
  program
    .command("partner-instruction")
    .description("write the instruction to reception centres and municipalities with the sessions of today")
    .addOption(new Option("--language <language>", "language of the instruction").choices(PARTNER_LANGUAGES).default("fi"))
    .option("--out <file>", "where to write it; else the outbox")
    .action((options: { language: PartnerLanguage; out?: string }, command: Command) =>
      runCommand(command, (config, terminal) => printPartnerInstruction(config, terminal, options.language, options.out)),
    );
}

function addLetters(program: Command): void {
  const letters = program.command("letters").description("letters to people who do not go to a group session");
  letters
    .command("list")
    .description("who waits for a letter")
    .action((_, command: Command) => runCommand(command, listLetters));
  letters
    .command("print [references...]")
    .description("an official confirms the route, and the letters are printed")
    .addOption(new Option("--route <route>", "where the people go").choices(LETTER_ROUTES).makeOptionMandatory())
    .requiredOption("--by <name>", "the official who confirms")
    .option("--all", "everybody on the route who has no letter yet")
    .action((references: string[], options: LetterOptions, command: Command) =>
      runCommand(command, (config, terminal) => printLetters(config, terminal, references, options)),
    );
  program
    .command("completion-requests")
    .description("one file a sending unit: a cover sheet and a letter a person")
    .option("--unit <name>", "only units whose name contains this")
    .requiredOption("--out <dir>", "folder for the files; delete them once they are sent")
    .action((options: { unit?: string; out: string }, command: Command) =>
      runCommand(command, (config, terminal) => bundleRequests(config, terminal, options)),
    );
}

function addTexts(program: Command): void {
  const texts = program.command("texts").description("the texts of papers and who has checked them");
  texts.command("list").action((_, command: Command) => runCommand(command, async (_config, terminal) => listTexts(terminal)));
  texts
    .command("review")
    .description("write sheets on which a reviewer checks every text of a language")
    .addOption(languageOption("one language; else all that nobody has checked"))
    .option("--out <dir>", "folder for the sheets; else the outbox")
    .action((options: { language?: PaperLanguage; out?: string }, command: Command) =>
      runCommand(command, (config, terminal) => reviewTexts(config, terminal, options.language, options.out)),
    );
  texts
    .command("mark-reviewed")
    .description("note that a person has checked all texts of a language")
    .addOption(languageOption("the language").makeOptionMandatory())
    .requiredOption("--by <name>", "who has checked them")
    .action((options: { language: PaperLanguage; by: string }, command: Command) =>
      runCommand(command, (_config, terminal) => markReviewed(terminal, options.language, options.by)),
    );
}
