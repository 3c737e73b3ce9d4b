import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { COMMAND_GROUPS, groupsFor } from "../../src/commands/command-groups.ts";

const namesOf = (groups: readonly { readonly names: readonly string[] }[]): string[] => groups.flatMap(({ names }) => [...names]);

describe("COMMAND_GROUPS", () => {
  it.each(COMMAND_GROUPS.map((group) => [group.names.join(", "), group] as const))("names what its module adds: %s", async (_, group) => {
    const program = new Command();
    await group.addTo(program);
    expect(program.commands.map((command) => command.name()).toSorted()).toEqual([...group.names].toSorted());
  });

  it("names every command once", () => {
    const names = namesOf(COMMAND_GROUPS);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("groupsFor", () => {
  it.each([
    ["the command", ["sessions", "list"]],
    ["the command behind options", ["--json", "--environment", "test", "sessions"]],
    ["the command that help is asked about", ["help", "sessions"]],
  ])("needs one group for %s", (_, words) => {
    expect(namesOf(groupsFor(words))).toEqual(["sessions"]);
  });

  it.each([["--help"], ["nonsense"], []])("needs all groups where no command is named: %s", (...words) => {
    expect(groupsFor(words)).toEqual(COMMAND_GROUPS);
  });
});
