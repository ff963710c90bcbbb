import type { Redis } from 'ioredis';

/** What Redis has done since it started. */
export interface RedisReadings {
  /** Processor time of its main thread, which does all commands. */
  readonly threadS: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly commands: number;
}

export async function readings(redis: Redis): Promise<RedisReadings> {
  const info = await redis.info('everything');
  const of = (key: string) => Number(new RegExp(`^${key}:([\\d.]+)`, 'm').exec(info)?.[1]);
  return {
    threadS: of('used_cpu_sys_main_thread') + of('used_cpu_user_main_thread'),
    bytesIn: of('total_net_input_bytes'),
    bytesOut: of('total_net_output_bytes'),
    commands: of('total_commands_processed'),
  };
}
