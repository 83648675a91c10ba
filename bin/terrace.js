#!/usr/bin/env node
'use strict';

require('./build').run('terrace');
