/** Widths in a thousandth of the size, somewhat above those of the common system fonts, whichever it will be. */
const NARROW = 350;
const WIDE = 970;
const CAPITAL = 710;
const OTHER = 610;

/** How much wider letters are that are bold. */
const BOLD = 1.08;

export interface Font {
  readonly size: number;
  readonly bold: boolean;
}

/** How wide a text will be at most, in pixels. Asking a font would give other bytes on another machine. */
export function widthOf(text: string, { size, bold }: Font): number {
  const units = [...text].reduce((sum, letter) => sum + unit(letter), 0);
  return Math.ceil((units * size * (bold ? BOLD : 1)) / 1000);
}

function unit(letter: string): number {
  if (/[iljtf.,:;'|!()[\] -]/.test(letter)) return NARROW;
  if (/[mwMW@%]/.test(letter) || letter > 'ÿ') return WIDE;
  return /[A-Z_&]/.test(letter) ? CAPITAL : OTHER;
}

/** As much of a text as fits, with an ellipsis where that is not all. */
export function fitted(text: string, font: Font, width: number): string {
  if (widthOf(text, font) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOf(`${letters.join('')}…`, font) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** A text in lines of at most a width, broken between words. */
export function lines(text: string, font: Font, width: number): string[] {
  const found: string[] = [];
  for (const word of text.split(' ')) {
    const last = found.at(-1);
    if (last === undefined || widthOf(`${last} ${word}`, font) > width) found.push(word);
    else found[found.length - 1] = `${last} ${word}`;
  }
  return found;
}
