/**
 * A text as it has to stand between the quotes of an HCL string; Terraform's own `${…}` stays as it is.
 *
 * cdktf 0.21 leaves quotes and backslashes beside an expression alone and turns line ends into a heredoc, which adds one.
 */
export function escapeHcl(value: unknown): unknown {
  if (typeof value === 'string') return escapeString(value);
  if (Array.isArray(value)) return value.map(escapeHcl);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === '//' ? inner : escapeHcl(inner)]),
  );
}

/** A block of plain attributes. */
export function hclBlock(head: string, attributes: Readonly<Record<string, string | number | boolean>>): string {
  const lines = Object.entries(attributes).map(
    ([key, value]) => `${key} = ${typeof value === 'string' ? `"${escapeString(value)}"` : value}`,
  );
  return `${head} {\n${lines.join('\n')}\n}`;
}

/** A nested map as cdktf describes a block whose type it knows: maps inside it are blocks too. */
export function hclBlockValue(value: object | readonly object[]): object {
  const blocks = Array.isArray(value) ? value : [value];
  return { value: blocks.map(blockFields), isBlock: true, type: 'list', storageClassType: 'object' };
}

function blockFields(block: object): object {
  const fields = Object.entries(block).map(([key, field]) => [
    key,
    typeof field === 'object' && field !== null ? hclBlockValue(field) : field,
  ]);
  return Object.fromEntries(fields);
}

/**
 * The description of a resource or data source whose conditions come out as blocks.
 *
 * cdktf 0.21 writes them as attributes, which Terraform refuses.
 */
export function withConditionBlocks(description: unknown): unknown {
  if (typeof description !== 'object' || description === null || Array.isArray(description)) return description;
  return Object.fromEntries(
    Object.entries(description).map(([key, inner]) => [
      key,
      key === 'lifecycle' && hasConditions(inner) ? { value: conditionBlocks(inner) } : withConditionBlocks(inner),
    ]),
  );
}

function hasConditions(lifecycle: unknown): lifecycle is Readonly<Record<string, object>> {
  return typeof lifecycle === 'object' && lifecycle !== null && conditions.some((condition) => condition in lifecycle);
}

function conditionBlocks(lifecycle: Readonly<Record<string, object>>): object {
  return Object.fromEntries(
    Object.entries(lifecycle).map(([key, value]) => [key, conditions.includes(key) ? hclBlockValue(value) : value]),
  );
}

const conditions = ['precondition', 'postcondition'];

/** Takes the quotes off references, which HCL wants bare: providers, dependencies and lifecycle lists. */
export function unquoteReferences(hcl: string): string {
  return hcl
    .replace(/^(\s*provider = )"([a-z0-9_]+\.[a-z0-9_]+)"$/gm, '$1$2')
    .replace(
      /^(\s*(?:depends_on|ignore_changes|replace_triggered_by) = \[)([^\]]*)\]/gm,
      (_, head: string, items: string) => {
        return `${head}${items.replace(/"([^"]+)"/g, '$1')}]`;
      },
    );
}

/** Puts the quotes back that the ids of accounts need: cdktf takes twelve digits of an override for a number. */
export function quoteAccountIds(hcl: string): string {
  return hcl.replace(/^(\s*allowed_account_ids = \[)([^\]]*)\]/gm, (_, head: string, items: string) => {
    return `${head}${items.replace(/"?\b(\d+)\b"?/g, '"$1"')}]`;
  });
}

function escapeString(text: string): string {
  return splitTemplate(text)
    .map((piece, index) => (index % 2 === 1 ? piece : escapeLiteral(piece)))
    .join('');
}

function escapeLiteral(text: string): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\r/g, '\\r')
    .replace(/\n/g, '\\n')
    .replace(/\t/g, '\\t');
}

/** Literal pieces at even places, `${…}` at odd ones; `$${` is literal. */
function splitTemplate(text: string): string[] {
  const pieces: string[] = [];
  let literal = '';
  let index = 0;
  while (index < text.length) {
    if (text.startsWith('$${', index) || text.startsWith('%%{', index)) {
      literal += text.slice(index, index + 3);
      index += 3;
    } else if (text.startsWith('${', index)) {
      const end = closingBrace(text, index + 2);
      pieces.push(literal, text.slice(index, end));
      literal = '';
      index = end;
    } else {
      literal += text[index];
      index += 1;
    }
  }
  return [...pieces, literal];
}

/** The place after the brace that closes an expression; braces inside its own strings and templates count too. */
function closingBrace(text: string, start: number): number {
  let depth = 1;
  let index = start;
  while (index < text.length && depth > 0) {
    const character = text[index];
    if (character === '"') index = closingQuote(text, index + 1);
    else {
      if (character === '{') depth += 1;
      if (character === '}') depth -= 1;
      index += 1;
    }
  }
  return index;
}

function closingQuote(text: string, start: number): number {
  let index = start;
  while (index < text.length) {
    if (text[index] === '\\') index += 2;
    else if (text.startsWith('$${', index)) index += 3;
    else if (text.startsWith('${', index)) index = closingBrace(text, index + 2);
    else if (text[index] === '"') return index + 1;
    else index += 1;
  }
  return index;
}
