namespace Dataverse.Sync;

/// <summary>A rule that a function performs.</summary>
internal sealed class CustomRule(
    string name, Func<FieldValue, FieldValue> apply, TransformationLoss loss, ITransformationRule? inverse) : ITransformationRule
{
    public string Name => name;

    public TransformationLoss Loss => loss;

    public ITransformationRule? Inverse => inverse;

    public FieldValue Apply(FieldValue value) => apply(value);

    public IEnumerable<string> FindProblems() => loss == TransformationLoss.None && inverse is null
        ? ["it declares that it loses nothing, but names no rule that leads back"]
        : [];
}
