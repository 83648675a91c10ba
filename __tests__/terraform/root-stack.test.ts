import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter';
import { Testing } from 'cdktf';
import { expect, test } from 'vitest';
import { Ephemeral } from '../../src/terraform/ephemeral';
import { RootStack } from '../../src/terraform/root-stack';

test('requires the Terraform that has write-only arguments, in both languages', () => {
  expect(JSON.parse(Testing.synth(demo())).terraform.required_version).toBe('>= 1.11.0');
  expect(demo().toHclTerraform().hcl).toMatch(/^terraform \{\n\s*required_version = ">= 1\.11\.0"\n/);
});

test('has ephemeral values, referred to by what they are', () => {
  const terraform = JSON.parse(Testing.synth(demo()));

  expect(terraform.ephemeral).toEqual({ random_password: { key: { length: 32, special: false } } });
  expect(terraform.resource.aws_ssm_parameter.stored).toEqual({
    name: '/key',
    type: 'SecureString',
    value_wo: '${ephemeral.random_password.key.result}',
  });
});

test('writes ephemeral values in HCL too', () => {
  const { hcl } = demo().toHclTerraform();

  expect(hcl).toMatch(/ephemeral "random_password" "key" \{\s+length\s+= 32\s+special\s+= false\s+\}/);
  expect(hcl).toMatch(/value_wo\s+= "\$\{ephemeral\.random_password\.key\.result\}"\n/);
});

test('escapes texts in HCL, once', () => {
  const { hcl } = demo().toHclTerraform();

  expect(hcl).toContain(String.raw`Name = "the \"main\" one\nof two"`);
  expect(hcl).not.toContain('<<EOF');
});

test('writes conditions as blocks in HCL, beside the other settings of the life cycle', () => {
  const stack = demo();
  const postcondition = [
    { condition: '${self.bucket != "logs"}', errorMessage: 'expected another bucket than "logs"' },
  ];
  new S3Bucket(stack, 'checked', { lifecycle: { ignoreChanges: ['tags'], postcondition } });

  const { hcl } = stack.toHclTerraform();

  expect(hcl.slice(hcl.indexOf('"checked"'))).toMatchInlineSnapshot(`
    ""checked" {
      lifecycle {
        ignore_changes = [
          tags,
        ]
        postcondition {
          condition = "\${self.bucket != "logs"}"
          error_message = "expected another bucket than \\"logs\\""
        }
      }
    }

    ephemeral "random_password" "key" {
      length = 32
      special = false
    }
    "
  `);
});

function demo(): RootStack {
  const stack = new RootStack(Testing.app({ stackTraces: false }), 'demo');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  const key = new Ephemeral(stack, 'key', 'random_password', { length: 32, special: false });
  new SsmParameter(stack, 'stored', { name: '/key', type: 'SecureString', valueWo: key.attribute('result') });
  new S3Bucket(stack, 'media', { tags: { Name: 'the "main" one\nof two' } });
  return stack;
}
