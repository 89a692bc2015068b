#!/usr/bin/env node
'use strict';

// Older runtimes must still be able to parse this file: it has to tell them what to do.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 22 || (version[0] === 22 && version[1] < 13)) {
  console.error(
    'chat-server needs Node 22.13 or newer; this is Node ' + process.versions.node + '.',
  );
  process.exit(1);
}
require('../dist/chat-server.js');
