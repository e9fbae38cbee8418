namespace Dataverse.Sync.Simulation;

/// <summary>A bug that is planted on purpose: a change of one file, as somebody might write it by mistake.</summary>
/// <param name="Name">Its name on the command line and in the table.</param>
/// <param name="File">The file, below <c>src</c>.</param>
/// <param name="Code">The correct code, which occurs in the file once.</param>
/// <param name="Bug">What stands there instead.</param>
/// <param name="Effect">What is wrong with it.</param>
internal sealed record Mutant(string Name, string File, string Code, string Bug, string Effect)
{
    /// <summary>The seed of a history that is known to catch it, so that a test need not search; any other may, once the code has changed. Null for none.</summary>
    public int? KnownSeed { get; init; }

    /// <summary>Whether one of the short histories with several faults is known to catch it; they are played over every mutant.</summary>
    public bool HasKnownStory { get; init; }

    /// <summary>
    /// A change of another file of the same assembly that goes with it, where a second safeguard makes up for the loss of the first. Null for none.
    /// </summary>
    public Mutant? With { get; init; }

    /// <summary>All changes of files.</summary>
    public IEnumerable<Mutant> Changes => With is { } other ? [this, other] : [this];

    /// <summary>The assembly that the file belongs to.</summary>
    public string Assembly => File[..File.IndexOf('/')];
}
