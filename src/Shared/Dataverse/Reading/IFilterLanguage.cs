namespace Dataverse.Sync.Shared;

/// <summary>Says conditions in the language of a service.</summary>
/// <typeparam name="T">What is said.</typeparam>
internal interface IFilterLanguage<T>
    where T : class
{
    /// <summary>Every part holds.</summary>
    T And(IReadOnlyList<T> parts);

    /// <summary>At least one part holds.</summary>
    T Or(IReadOnlyList<T> parts);

    /// <summary>Compares a column with a value that it can hold, or with a blank; null where that cannot be said.</summary>
    T? Compare(Column column, ComparisonOperator comparison, FieldValue value);

    /// <summary>Compares a text with a pattern of <see cref="LikePattern"/>.</summary>
    T Like(Column column, string pattern);
}
