import { reportFailures, reportSynthesis } from './src/cli/report';
import { synthesize } from './src/environment/synthesize';

// Every file under environments/ becomes a stack of its own.
reportFailures(() =>
  reportSynthesis(synthesize({ paths: ['environments'], outdir: process.env.CDKTF_OUTDIR ?? 'cdktf.out' })),
);
