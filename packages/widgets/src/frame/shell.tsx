import type { Frame, Stage, Widget } from './start.tsx';
import { explain, Loading, Notice } from './states.tsx';
import { frameWords } from './words.ts';

interface ShellProps {
  readonly widget: Widget;
  readonly frame: Frame;
  readonly stage: Stage;
  readonly era: number;
  signIn(): void;
  retry(): void;
}

/** What is around a widget: waiting, signing in, what went wrong. */
export function Shell({ widget: { View, Seatless }, frame, stage, era, signIn, retry }: ShellProps) {
  const words = frameWords();
  switch (stage.at) {
    case 'loading':
      return <Loading words={words} />;
    case 'failed':
      return (
        <Notice isAlert action={{ label: words.again, run: retry }}>
          {explain(stage.error, words)}
        </Notice>
      );
    case 'signing-in':
      return <Notice action={{ label: words.signIn, run: signIn }}>{words.waiting}</Notice>;
    case 'blocked':
      return (
        <Notice isAlert action={{ label: words.signIn, run: signIn }}>
          {words.signInBlocked}
        </Notice>
      );
    case 'known':
      break;
  }
  const { me } = stage;
  switch (me.state) {
    case 'signed-out':
      return (
        <Notice action={{ label: words.signIn, run: signIn }}>
          {words.signInWhy[frame.kind]} {words.signInHow}
        </Notice>
      );
    case 'no-seat':
      if (me.reason === 'foreign')
        return <Notice action={{ label: words.otherAccount, run: signIn }}>{words.foreign}</Notice>;
      return Seatless ? <Seatless key={era} frame={frame} /> : <Notice>{words.noSeat}</Notice>;
    case 'signed-in':
      return <View key={era} frame={frame} me={me} />;
  }
}
