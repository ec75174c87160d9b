export { openSender, type Sender, type SenderOptions } from './sender.ts';
