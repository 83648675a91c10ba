/** A text for XML and HTML, in content and in attributes, without what would turn the direction of the text around it. */
export function escaped(text: string): string {
  return text.replace(HIDDEN, shown).replace(/[&<>"'`]/g, (letter) => `&#${letter.codePointAt(0)};`);
}

/**
 * Letters that nobody sees, or that XML has no place for: they turn the direction of text, hide in it or end a file. Line breaks and tabs
 * stay.
 */
const HIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** `⟨U+202E⟩`: a reader should know that something is there. */
export function shown(letter: string): string {
  return `⟨U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** A text in which everything can be seen, for other languages than HTML. */
export function visible(text: string): string {
  return text.replace(HIDDEN, shown);
}
