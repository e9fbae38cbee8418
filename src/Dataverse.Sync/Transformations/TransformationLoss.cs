namespace Dataverse.Sync;

/// <summary>Specifies what a transformation rule loses. Each rule declares it, and the merge relies on it.</summary>
/// <remarks>
/// The laws name the way back of a rule: its <see cref="ITransformationRule.Inverse"/>, or the unchanged value for a rule
/// without one. <c>TransformationRuleConformance</c> in <c>tests/Dataverse.Sync.Conformance</c> checks them.
/// </remarks>
public enum TransformationLoss
{
    /// <summary>
    /// Nothing: the way back returns the value that was transformed. An edit on either side is carried over.
    /// </summary>
    None,

    /// <summary>
    /// Only the form, such as letter case or surrounding blanks: what comes back is transformed to the same result again.
    /// In a field that is synchronized both ways, values that differ only in this form count as equal.
    /// </summary>
    Form,

    /// <summary>
    /// A part of the content, such as the end of a text. The source keeps it until the target is edited.
    /// </summary>
    Content,
}
