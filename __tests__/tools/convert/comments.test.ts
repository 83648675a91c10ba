import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { HEAD, olderFile, translated } from '../../support/converted';

const files = ['small', 'whole', 'flat', 'every-key'];

test.each(files)('every comment of %s.yaml is in the converted file', (file) => {
  const text = olderFile(file);
  const comments = [...text.matchAll(/(?:^|\s)# ?(.*)$/gm)].map(([, comment]) => comment);
  const { yaml } = translated(text);
  for (const comment of comments) expect(yaml).toContain(`# ${comment}`);
});

test('a comment anywhere in a file is in the converted file once, and changes nothing', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(), fc.boolean(), fc.nat({ max: 8 })), { minLength: 1, maxLength: 12 }),
      (file, places) => {
        const lines = olderFile(file).split('\n');
        const inserted = new Map(
          places.map(([seed, behind, indent]) => [seed % (lines.length - 1), { behind, indent }]),
        );
        const commented = lines.map((line, index) => {
          const place = inserted.get(index);
          if (place === undefined) return line;
          const comment = `# remark ${index} ends`;
          return place.behind && !line.includes('#')
            ? `${line} ${comment}`
            : `${' '.repeat(place.indent)}${comment}\n${line}`;
        });
        const { yaml } = translated(commented.join('\n'));
        for (const index of inserted.keys()) expect(yaml.split(`# remark ${index} ends`)).toHaveLength(2);
        expect(parse(yaml)).toEqual(parse(translated(lines.join('\n')).yaml));
      },
    ),
    { numRuns: 100 },
  );
});

test('comments stand above, behind and below what they stood above, behind and below', () => {
  const { yaml } = translated(`# the head

# the name
project: shop # of the system
env: dev
region: eu-central-1
state_bucket: shop-state # of 2023
# the backend
workload:
  # its size
  backend_cpu: "512" # half a vCPU

  # who is asked
  backend_health_endpoint: /up
  # the backend ends
services:
  # the first
  - name: pages
    env_vars: # for all
      # how
      MODE: fast # or slow
  # no others
# the end
`);
  expect(yaml).toBe(`# the head

# the name
project: shop # of the system
env: dev
region: eu-central-1
state:
  bucket: shop-state # of 2023
  existing: true
# the backend
workload:
  # its size
  cpu: 512 # half a vCPU

  # who is asked
  backend_health_endpoint: /up
  scaling:
    enabled: false
  # the backend ends
services:
  # the first
  - name: pages
    # for all
    env_variables:
      # how
      - name: MODE
        value: fast # or slow
  # no others
# the end
`);
});

test('the comments of what is not converted stay, under its name', () => {
  const { yaml } = translated(`${HEAD}  # tells a channel
  slack_webhook: https://example.com/x # secret
# pages
amplify_apps:
  # the first
  - name: web
# balances
alb:
  enabled: true
`);
  expect(yaml).toContain(`workload:
  backend_image_port: 8080
  scaling:
    enabled: false
  # tells a channel
  # secret
  # not converted: workload.slack_webhook
# pages
# the first
# not converted: amplify_apps[0]
# not converted: amplify_apps
# balances
alb:
  enabled: true
`);
});

test('a comment behind an empty value is not taken for one of what comes next', () => {
  const { yaml } = translated(`${HEAD}state_file: # by default

# the entry
alb:
  enabled: true
`);
  expect(yaml).toContain(`# by default
# not converted: state_file

# the entry
alb:
`);
});

test('values keep their quotes and their form where they stay the same', () => {
  const text = `${HEAD}  backend_health_endpoint: "/up"
services:
  - { name: pages, container_command: ["node", 'x.js'] } # in one line
`;
  expect(translated(text).yaml).toContain(`  backend_health_endpoint: "/up"
  scaling:
    enabled: false
services:
  - {name: pages, command: ["node", 'x.js']} # in one line
`);
});

test('"#" in a text is no comment', () => {
  const text = `${HEAD}  backend_env_variables:\n    SCRIPT: |\n      #!/bin/sh\n      # runs\n    COLOUR: "#fff"\n`;
  expect(parse(translated(text).yaml).workload.backend_env_variables).toEqual([
    { name: 'SCRIPT', value: '#!/bin/sh\n# runs\n' },
    { name: 'COLOUR', value: '#fff' },
  ]);
});
