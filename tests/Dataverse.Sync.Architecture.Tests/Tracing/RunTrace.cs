namespace Dataverse.Sync.Architecture.Tests;

/// <summary>
/// The classes of the execution that a run with one changed record enters, in the order of their first entry.
/// </summary>
internal sealed class RunTrace
{
    private const string Execution = "Execution/";

    private static readonly string[] SharedFolders = ["Execution/Run/", "Execution/Compilation/"];

    /// <summary>Divides a run at the first call of the steps, which processes the changed record.</summary>
    public RunTrace(IReadOnlyList<(string Type, string Member, int End)> calls)
    {
        var first = calls.First(call => call is { Type: "Execution/Steps/RecordSteps", Member: "ProcessAsync" });
        var start = calls.ToList().IndexOf(first);
        var way = calls.Take(first.End).Skip(start).Select(call => call.Type).ToList();
        Before = NamesOf(calls.Take(start).Select(call => call.Type));
        Way = NamesOf(way.Where(type => !IsShared(type)));
        Shared = NamesOf(way.Where(IsShared));
        After = NamesOf(calls.Skip(first.End).Select(call => call.Type));
    }

    public IReadOnlyList<string> Before { get; }

    /// <summary>The way of the record: the steps, and the classes that only steps use.</summary>
    public IReadOnlyList<string> Way { get; }

    /// <summary>The classes on the way that all stages of the run share.</summary>
    public IReadOnlyList<string> Shared { get; }

    public IReadOnlyList<string> After { get; }

    private static bool IsShared(string type) =>
        SharedFolders.Any(folder => type.StartsWith(folder, StringComparison.Ordinal));

    private static List<string> NamesOf(IEnumerable<string> types) =>
    [
        .. from type in types.Distinct()
           where type.StartsWith(Execution, StringComparison.Ordinal) || type == $"{SourceTree.RootFolder}/{nameof(SyncEngine)}"
           select type[(type.LastIndexOf('/') + 1)..],
    ];
}
