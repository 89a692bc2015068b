#!/usr/bin/env node
'use strict';
process.setSourceMapsEnabled(true);
require('../dist/chat-fuzz.js');
