import { parseFormLayout } from "./form-pdf.ts";
import { printRegistrationForm } from "./form-print.ts";
import { listLayouts, saveTemplate } from "./layout-store.ts";

const LANGUAGES = ["fi", "sv", "en", "ru"] as const;

/** Makes the office's own forms known when no form is known yet, so that the line works from its first day. */
export async function ensureOwnForms(home: string): Promise<void> {
  if ((await listLayouts(home)).length > 0) return;
  for (const language of LANGUAGES) await saveTemplate(home, await parseFormLayout(await printRegistrationForm(language)));
}
