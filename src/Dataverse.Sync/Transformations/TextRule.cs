namespace Dataverse.Sync;

/// <summary>The base of the rules that transform texts. A blank stays blank, and any other value is taken as text.</summary>
public abstract record TextRule : ITransformationRule
{
    private protected TextRule()
    {
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract TransformationLoss Loss { get; }

    /// <inheritdoc/>
    public FieldValue Apply(FieldValue value) =>
        value.IsBlank ? value : FieldValue.Text(ApplyToText(value.ToString()));

    /// <inheritdoc/>
    public virtual IEnumerable<string> FindProblems() => [];

    private protected abstract string ApplyToText(string text);
}
