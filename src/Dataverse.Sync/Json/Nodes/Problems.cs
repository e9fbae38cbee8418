namespace Dataverse.Sync.Documents;

/// <summary>Collects what is wrong with a document, each with its path and, in a text, with its line.</summary>
/// <param name="source">The text of the document, or null if it has none.</param>
internal sealed class Problems(DocumentSource? source)
{
    private readonly List<string> sentences = [];

    /// <summary>The problems, one sentence each.</summary>
    public IReadOnlyList<string> Sentences => sentences;

    /// <summary>The number of problems, also of those that are not told.</summary>
    public int Count { get; private set; }

    public bool AreAny => sentences.Count > 0;

    /// <summary>Whether no further problem is told.</summary>
    public bool IsFull => sentences.Count > DocumentLimits.Problems;

    /// <summary>Adds a whole sentence.</summary>
    public void Add(string sentence)
    {
        Count++;
        if (sentences.Count < DocumentLimits.Problems)
        {
            sentences.Add(sentence);
        }
        else if (sentences.Count == DocumentLimits.Problems)
        {
            sentences.Add($"There are more than {DocumentLimits.Problems} problems.");
        }
    }

    /// <summary>Adds what is wrong with a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="text">The sentence after the path of the node, which is its subject.</param>
    public void Add(Node node, string text) => Add(source is null || node.Position < 0
        ? $"{node.Path}: {text}"
        : $"{node.Path}: {text} ({source.Describe(node.Position)})");

    /// <exception cref="SyncConfigurationException">There are problems.</exception>
    public void ThrowIfAny()
    {
        if (AreAny)
        {
            throw new SyncConfigurationException(sentences);
        }
    }
}
