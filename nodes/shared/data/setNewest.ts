/** Sets an entry as the newest of a map, and forgets the oldest one where there are more than the limit. */
export function setNewest<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, limit: number): void {
	map.delete(key);
	map.set(key, value);
	if (map.size <= limit) return;
	for (const oldest of map.keys()) {
		map.delete(oldest);
		return;
	}
}
