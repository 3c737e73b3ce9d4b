import type { Command } from "commander";

/** Commands that are defined together, in one module. */
export interface CommandGroup {
  /** Their first words. */
  readonly names: readonly string[];
  /** Adds them to the program. */
  readonly addTo: (program: Command) => Promise<void>;
}

/** All commands, in the order in which help lists them; a group's module is loaded when it is added. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  {
    names: ["attendance"],
    addTo: async (program) => (await import("./add-attendance-commands.ts")).addAttendanceCommands(program),
  },
  {
    names: ["mail", "tasks"],
    addTo: async (program) => (await import("./add-mail-commands.ts")).addMailCommands(program),
  },
  {
    names: ["start", "list", "approve", "export", "status", "doctor"],
    addTo: async (program) => (await import("./add-office-commands.ts")).addOfficeCommands(program),
  },
  {
    names: ["invite", "roster", "partner-instruction", "letters", "completion-requests", "texts"],
    addTo: async (program) => (await import("./add-paper-commands.ts")).addPaperCommands(program),
  },
  {
    names: ["export-person", "erase-person"],
    addTo: async (program) => (await import("./add-person-commands.ts")).addPersonCommands(program),
  },
  {
    names: ["quarantine", "retry", "unlock"],
    addTo: async (program) => (await import("./add-quarantine-commands.ts")).addQuarantineCommands(program),
  },
  {
    names: ["read", "forms"],
    addTo: async (program) => (await import("./add-reading-commands.ts")).addReadingCommands(program),
  },
  {
    names: ["retention", "hold", "holds", "release"],
    addTo: async (program) => (await import("./add-retention-commands.ts")).addRetentionCommands(program),
  },
  {
    names: ["backup", "keys", "restore"],
    addTo: async (program) => (await import("./add-safety-commands.ts")).addSafetyCommands(program),
  },
  {
    names: ["sessions"],
    addTo: async (program) => (await import("./add-session-commands.ts")).addSessionCommands(program),
  },
];

/**
 * Returns the groups that a command line needs: the one of its command, or all where it names none (help, a misspelt command).
 * All of them together take half a second and 230 MB to load.
 */
export function groupsFor(words: readonly string[]): readonly CommandGroup[] {
  const named = words.find((word) => COMMAND_GROUPS.some(({ names }) => names.includes(word)));
  if (named === undefined) return COMMAND_GROUPS;
  return COMMAND_GROUPS.filter(({ names }) => names.includes(named));
}
