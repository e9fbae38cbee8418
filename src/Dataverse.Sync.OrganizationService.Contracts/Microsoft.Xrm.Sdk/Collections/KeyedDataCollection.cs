using System.Collections;

namespace Microsoft.Xrm.Sdk;

public abstract class DataCollection<TKey, TValue> : IEnumerable<KeyValuePair<TKey, TValue>>, IEnumerable
{
    private readonly Dictionary<TKey, TValue> items = [];

    internal DataCollection()
    {
    }

    public int Count => items.Count;

    public ICollection<TKey> Keys => items.Keys;

    public ICollection<TValue> Values => items.Values;

    public virtual bool IsReadOnly { get; internal set; }

    public virtual TValue this[TKey key]
    {
        get => items[key];
        set => items[key] = value;
    }

    public void Add(KeyValuePair<TKey, TValue> item) => items.Add(item.Key, item.Value);

    public void AddRange(params KeyValuePair<TKey, TValue>[] items) =>
        AddRange((IEnumerable<KeyValuePair<TKey, TValue>>)items);

    public void AddRange(IEnumerable<KeyValuePair<TKey, TValue>> items)
    {
        foreach (var item in items ?? [])
        {
            Add(item);
        }
    }

    public void Add(TKey key, TValue value) => items.Add(key, value);

    public void Clear() => items.Clear();

    public bool Contains(TKey key) => items.ContainsKey(key);

    public bool Contains(KeyValuePair<TKey, TValue> key) => items.Contains(key);

    public bool TryGetValue(TKey key, out TValue value) => items.TryGetValue(key, out value);

    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<TKey, TValue>>)items).CopyTo(array, arrayIndex);

    public bool ContainsKey(TKey key) => items.ContainsKey(key);

    public bool Remove(TKey key) => items.Remove(key);

    public bool Remove(KeyValuePair<TKey, TValue> item) =>
        ((ICollection<KeyValuePair<TKey, TValue>>)items).Remove(item);

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
