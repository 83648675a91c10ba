#!/usr/bin/env node

const unknown = process.argv.slice(2).filter((argument) => argument !== '--hcl');
if (unknown.length > 0) {
  console.error(`synth: expected no argument but --hcl, got ${unknown.join(' ')}`);
  process.exit(1);
}

// cdktf decides by this variable, in the app and in every stack, which of its two languages it writes.
if (process.argv.includes('--hcl')) process.env.SYNTH_HCL_OUTPUT = 'true';
require('./build').run('synth');
