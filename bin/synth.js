#!/usr/bin/env node

// cdktf decides by this variable, in the app and in every stack, which of its two languages it writes.
if (process.argv.includes('--hcl')) process.env.SYNTH_HCL_OUTPUT = 'true';
require('./build').run('synth');
