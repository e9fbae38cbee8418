namespace Dataverse.Sync.Architecture.Tests;

/// <summary>Records the calls in the traced engine. This file is compiled into it.</summary>
/// <remarks>Not safe for concurrent use: an engine over in-memory tables completes every call on the caller's thread.</remarks>
internal static class CallTrace
{
    private static readonly List<(string Type, string Member, int End)> Entered = [];

    /// <summary>
    /// The calls in the order in which they started. <c>End</c> is the index of the first call that started after the
    /// call ended.
    /// </summary>
    /// <remarks>Tuples, because the traced engine and the tests share no types of their own.</remarks>
    public static IReadOnlyList<(string Type, string Member, int End)> Calls => Entered;

    public static void Clear() => Entered.Clear();

    /// <summary>Records the start of a call.</summary>
    /// <param name="type">The type with its folder, such as <c>Execution/Steps/EchoStep</c>.</param>
    /// <param name="member">The name of a method; the kind of any other member.</param>
    /// <returns>An object to dispose of when the call ends.</returns>
    public static IDisposable Enter(string type, string member)
    {
        Entered.Add((type, member, int.MaxValue));
        return new Call(Entered.Count - 1);
    }

    private sealed class Call(int index) : IDisposable
    {
        public void Dispose()
        {
            if (index < Entered.Count)
            {
                Entered[index] = Entered[index] with { End = Entered.Count };
            }
        }
    }
}
