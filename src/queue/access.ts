/** Who asks something of the queue. */
export type QueueEnd = 'daemon' | 'worker';

/** Keys of no job, below the prefix, that stand for all of their kind. */
const OWN = 'tiles:doctor';

/** What both ends send, themselves or in the engine's scripts; `K` is a key that both write. */
const BOTH =
  'info|eval doctor 0|evalsha doctor 0|multi|exec|del K|unlink K|exists K|expire K 1|pexpire K 1|pttl K|' +
  'get K|mget K|set K v|incr K|hget K f|hgetall K|hmget K f|hset K f v|hmset K f v|hincrby K f 1|hstrlen K f|' +
  'llen K|lpush K v|rpush K v|lrange K 0 0|lrem K 0 v|sadd K v|srem K v|scard K|smembers K|' +
  'xadd K * f v|xtrim K MAXLEN 1|zadd K 1 v|zrem K v|zcard K|zscore K v|zrange K 0 0|zrevrange K 0 0|zrevrangebyscore K 1 0';
/** What daemons send beside it: they put tiles and models, and hear of the ends of their tiles. */
const DAEMON =
  'lindex K 0|lpos K v|rpop K|persist K|set image:doctor v|hset model:doctor f v|rename model:doctor model:doctor|hgetall answer:doctor|get worker:doctor|smembers workers|subscribe ended:doctor';
/** And workers: they take jobs, fetch tiles and models, and leave answers, and tell that they did. */
const WORKER =
  'client setname doctor|bzpopmin K 1|zpopmin K|zrangebyscore K 0 1|zremrangebyrank K 0 0|zremrangebyscore K 0 1|rpoplpush K K|ltrim K 0 0|hdel K f|hexists K f|' +
  'get image:doctor|hkeys model:doctor|hget model:doctor f|hset answer:doctor f v|set worker:doctor v|sadd workers v|publish ended:doctor doctor';

const KEY = /^(K|(tiles|image|model|answer|worker|ended):doctor|workers)$/;

/** Each command that an end sends, as it may be tried, with its keys below the prefix. */
export function commandsOf(end: QueueEnd, prefix: string): string[][] {
  const forms = `${BOTH}|${end === 'daemon' ? DAEMON : WORKER}`.split('|');
  return forms.map((form) =>
    form.split(' ').map((word) => (KEY.test(word) ? `${prefix}:${word === 'K' ? OWN : word}` : word)),
  );
}
