import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import multer from 'multer';

// Uploads on a disk of the replica's own, which is new when it starts, as a container's is.
const dest = mkdtempSync(join(tmpdir(), 'uploads-'));
const app = express();
app.post('/files', multer({ dest }).single('file'), ({ file }, response) => {
  response.status(201).json({ id: file.filename, name: file.originalname, size: file.size });
});
app.use('/files', express.static(dest, { setHeaders: (response) => response.type('text/plain') }));
app.listen(process.env.PORT, '127.0.0.1');
