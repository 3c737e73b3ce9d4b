/** What a paper's file name says; nothing about the person. */
export interface PaperName {
  readonly kind: "invitation" | "roster" | "completion-request";
  /** Registration reference, or session code of a roster. */
  readonly reference: string;
  readonly language: string;
  readonly version: number;
}

/** Returns a file name such as "invitation-K7M3-92-ar-v1.pdf"; characters that a file system may refuse become "_". Pure. */
export function paperFileName({ kind, reference, language, version }: PaperName): string {
  return `${kind}-${reference.replace(/[^A-Za-z0-9-]/gu, "_")}-${language}-v${version}.pdf`;
}
