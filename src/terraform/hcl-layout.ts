/** Indents HCL and parts its blocks with an empty line, as `terraform fmt` would; cdktf writes everything flush left. */
export function layOut(hcl: string): string {
  let depth = 0;
  const lines: string[] = [];
  for (const line of hcl.split('\n').map((line) => line.trim())) {
    if (line === '') continue;
    if (/^[}\]]/.test(line)) depth -= 1;
    if (depth === 0 && /\{$/.test(line) && lines.length > 0) lines.push('');
    lines.push('  '.repeat(depth) + line);
    if (/[{[]$/.test(line)) depth += 1;
  }
  return `${lines.join('\n')}\n`;
}
