import { expect, it } from 'vitest';
import { ofRedis } from '../queue/redis.ts';
import { expectRunCountedOnce } from '../support/each-tile-once.ts';
import { describeNeeding } from '../support/needs.ts';
import { holdTiles, letGo, queueScene } from '../support/queue-scene.ts';

describeNeeding(ofRedis)('a worker killed (kill -9) while it has tiles in hand', () => {
  it('has them done by another one, each counted once, and none of them has failed', async () => {
    const scene = await queueScene(4);
    const [first, daemon] = await Promise.all([scene.worker('first'), scene.daemon()]);
    holdTiles(first);
    scene.show();
    await scene.inHand(2); // one more than it has processes
    const second = await scene.worker('second');
    await first.endGroup('SIGKILL');
    await expectRunCountedOnce(scene.place, scene.listener, 4);
    await second.says('the worker that had a tile is gone; it is given to another', 2);
    const said = daemon.log().map(({ msg }) => msg);
    expect(said).not.toContain('tile failed, tried again');
    expect(said).not.toContain('tiles are segmented on this computer');
  });

  it('does them itself when it is started again under its name, and nobody else is there', async () => {
    const scene = await queueScene(3);
    const [first, daemon] = await Promise.all([scene.worker('only'), scene.daemon()]);
    holdTiles(first);
    scene.show();
    await scene.inHand(2);
    await first.endGroup('SIGKILL');
    const again = await scene.worker('only');
    await expectRunCountedOnce(scene.place, scene.listener, 3);
    await again.says('answered', 3);
    expect(daemon.log().map(({ msg }) => msg)).not.toContain('tile failed, tried again');
  });
});

describeNeeding(ofRedis)(
  'a worker that is frozen while it has tiles, and wakes when another has done them',
  () => {
    it('answers them a second time, and one of the answers counts', async () => {
      const scene = await queueScene(2);
      const [slow] = await Promise.all([scene.worker('slow'), scene.daemon()]);
      holdTiles(slow);
      scene.show();
      await scene.inHand(2);
      slow.signalGroup('SIGSTOP');
      const quick = await scene.worker('quick');
      await scene.listener.finalSummary();
      await quick.says('answered', 2);
      slow.signalGroup('SIGCONT');
      await slow.says('answered', 2); // too late
      await expectRunCountedOnce(scene.place, scene.listener, 2);
      expect(scene.listener.summaries().filter(({ final }) => final)).toHaveLength(1);
    });

    it('answers while another one has its tile in hand, whose answer counts', async () => {
      const scene = await queueScene(1);
      const [slow] = await Promise.all([scene.worker('slow'), scene.daemon()]);
      holdTiles(slow);
      scene.show();
      await scene.inHand(1);
      slow.signalGroup('SIGSTOP');
      const other = await scene.worker('other');
      holdTiles(other);
      await other.says('the worker that had a tile is gone; it is given to another');
      await scene.inHand(1); // else the one that wakes may take it again
      slow.signalGroup('SIGCONT');
      await slow.says('answered');
      letGo(other);
      await other.says('answered');
      await expectRunCountedOnce(scene.place, scene.listener, 1);
    });
  },
);
