import type { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import { ref, TerraformIterator, TerraformStack, Token } from 'cdktf';
import type { VpcRanges } from '../../access/connections';

/** Its first range and those added later; which there are, only Terraform knows. */
export function rangesOf(vpc: DataAwsVpc): VpcRanges {
  const associations = `data.aws_vpc.${vpc.friendlyUniqueId}.cidr_block_associations`;
  const ranges = ref(
    `[for range in ${associations} : range.cidr_block if range.state == "associated"]`,
    TerraformStack.of(vpc),
  );
  return TerraformIterator.fromList(Token.asList(ranges));
}
