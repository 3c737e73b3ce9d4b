import type { Facts } from "./reason-texts.ts";

/**
 * Returns the note that is put beside an original of which not everything could be read, in Finnish, Swedish and English.
 *
 * Pure.
 */
export function formatPartialNote(unreadable: number, { receivedOn, submissionId }: Facts): string {
  return `OSA TÄSTÄ LÄHETYKSESTÄ JÄI LUKEMATTA
Saapunut ${receivedOn}. Viite: ${submissionId}
Liitteitä, joita ei voitu lukea: ${unreadable}. Muut liitteet on luettu.
Avaa alkuperäinen ja katso, mitä lukematta jäi. Tarvittaessa pyydä lähettäjältä puuttuva liite PDF-tiedostona.

EN DEL AV DEN HÄR FÖRSÄNDELSEN BLEV OLÄST
Inkom ${receivedOn}. Referens: ${submissionId}
Bilagor som inte kunde läsas: ${unreadable}. De andra bilagorna är lästa.
Öppna originalet och se vad som blev oläst. Be vid behov avsändaren om den saknade bilagan som PDF.

A PART OF THIS SUBMISSION WAS NOT READ
Received ${receivedOn}. Reference: ${submissionId}
Attachments that could not be read: ${unreadable}. The others are read.
Open the original and see what was not read. If needed, ask the sender for the missing attachment as PDF.

[attachmentsUnreadable: ${unreadable}]
`;
}
