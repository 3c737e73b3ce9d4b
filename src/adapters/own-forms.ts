import { listLayouts, saveTemplate } from "./layout-store.ts";

const LANGUAGES = ["fi", "sv", "en", "ru"] as const;

/** Makes the office's own forms known when no form is known yet, so that the line works from its first day. */
export async function ensureOwnForms(home: string): Promise<void> {
  if ((await listLayouts(home)).length > 0) return;
  // Only the first day needs the makers of PDF: 45 MB.
  const { parseFormLayout } = await import("./form-pdf.ts");
  const { printRegistrationForm } = await import("./form-print.ts");
  for (const language of LANGUAGES) await saveTemplate(home, await parseFormLayout(await printRegistrationForm(language)));
}
