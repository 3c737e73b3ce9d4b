import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { toShown } from "../../src/commands/terminal.ts";

const TERMINAL = join(import.meta.dirname, "..", "..", "src", "commands", "terminal.ts");

describe("toShown", () => {
  it("lets nothing in a stranger's name command the terminal", () => {
    expect(toShown("ev\u001B[31mil\u009B2J\r\u202Egnp.exe\u0007")).toBe("ev\uFFFD[31mil\uFFFD2J\uFFFD\uFFFDgnp.exe\uFFFD");
  });

  it("leaves letters of every language, lines and rules alone", () => {
    const text = "reference  ääkköset عربي\n──────\tፊደል";
    expect(toShown(text)).toBe(text);
  });
});

describe("openTerminal", () => {
  it("ends well when its reader has seen enough", () => {
    const program = `import { openTerminal } from ${JSON.stringify(TERMINAL)};
      const terminal = openTerminal(false);
      for (let line = 0; line < 50_000; line += 1) terminal.line("a line of a long list that nobody reads to its end");`;
    const shell = '"$1" --input-type=module -e "$2" | head -n 1 >/dev/null; echo "ended with $PIPESTATUS"';
    const shown = execFileSync("bash", ["-c", shell, "bash", process.execPath, program], { encoding: "utf8" });
    expect(shown).toBe("ended with 0\n");
  });
});
