#!/usr/bin/env node

require('./build').run('terrace');
