namespace Dataverse.Sync.HttpHarness;

/// <summary>Draws.</summary>
internal static class RandomExtensions
{
    public static T Pick<T>(this Random random, params IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
