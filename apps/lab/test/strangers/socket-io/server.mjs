import { createServer } from 'node:http';
import { Server } from 'socket.io';

// A chat with oneself: what is said comes back. A socket lives in the process that it was opened at.
const server = createServer((_, response) => response.end('A chat speaks Socket.IO here.'));
new Server(server).on('connection', (socket) => {
  const said = [];
  socket.on('say', (sentence) => socket.emit('said', said.push(sentence), sentence));
});
server.listen(process.env.PORT, '127.0.0.1');
