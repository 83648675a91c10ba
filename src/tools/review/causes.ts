import type { Cause } from './change';

/** https://developer.hashicorp.com/terraform/internals/json-format#plan-representation, `action_reason` */
export function causeOf(reason: string | undefined, address: string): Cause | undefined {
  return reason === undefined || !Object.hasOwn(CAUSES, reason) ? undefined : CAUSES[reason]?.(address);
}

const CAUSES: Readonly<Record<string, (address: string) => Cause>> = {
  replace_because_tainted: (address) => ({
    why: 'it is tainted',
    instead: `an earlier apply left it half made, or somebody ran "terraform taint": if it works, run "terraform untaint ${quoted(address)}" and plan anew, which keeps it`,
  }),
  replace_by_request: (address) => ({
    why: 'the plan was made with -replace',
    instead: `make the plan without -replace=${quoted(address)}`,
  }),
  replace_by_triggers: () => ({
    why: 'something in its replace_triggered_by changes',
    instead: 'leave what triggers it as it was, or take that out of replace_triggered_by',
  }),
  delete_because_no_module: () => ({ why: 'its module is no longer in the configuration' }),
  delete_because_wrong_repetition: (address) => ({
    why: 'its count or for_each has come or gone',
    instead: `a moved block from ${address} to its address with the key, or without it, keeps it`,
  }),
  delete_because_count_index: () => ({
    why: 'its count has become smaller',
    instead:
      'leave the count as it was: a smaller one always takes the last; with for_each, the one that is meant goes',
  }),
  delete_because_each_key: () => ({
    why: 'its key is no longer in for_each',
    instead: 'put the key back; if it is another name for the same thing, write a moved block',
  }),
  delete_because_no_move_target: () => ({
    why: 'a moved block takes it to where nothing is configured',
    instead: 'mend the "to" of the moved block',
  }),
};

/** For a shell: keys of for_each hold quotes. */
function quoted(address: string): string {
  return /[["]/.test(address) ? `'${address}'` : address;
}
