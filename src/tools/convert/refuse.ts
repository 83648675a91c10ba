import { environmentFile } from '../../spec/environment-file';
import { check } from '../../spec/load/check';
import { parseYaml } from '../../spec/load/parse-yaml';
import { SpecError } from '../../spec/load/problem';
import { isOfDialect } from './keys';
import { ours } from './ours';

/** Files that are none of the older dialect's: each in one line. */
export function refuseOthers(file: string, text: string, plain: unknown): void {
  const refuse = (message: string) => {
    throw new SpecError([{ at: { file, line: 1, column: 1 }, path: '', message }]);
  };
  const top = Object.keys(plain as object);
  if (
    ['root_domain', 'root_account', 'delegated_zones', 'parent_zones'].filter((key) => top.includes(key)).length > 1
  ) {
    refuse(
      'expected the file of an environment, got the one of the DNS zones: there is none here; each environment has its domain section, and the root’s names the others under domain.delegations',
    );
  }
  if (top.every((key) => ours(key) !== undefined)) {
    const parsed = parseYaml(file, text);
    if ('tree' in parsed && check(environmentFile, parsed.tree).value !== undefined) {
      refuse('nothing to convert: it is an environment file in this language already');
    }
  }
  if (!top.some((key) => isOfDialect([key]))) {
    refuse(`expected an environment file, got one without any key of it (${top.slice(0, 4).join(', ')})`);
  }
}
