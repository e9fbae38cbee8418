using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using Dataverse.Sync.Shapes;

namespace Dataverse.Sync;

/// <summary>Adds field mappings between the members of two classes to a mapping.</summary>
/// <typeparam name="TLocal">The class of the local records.</typeparam>
/// <typeparam name="TIntegration">The class of the integration records.</typeparam>
/// <remarks>
/// <para>A member is a property or a field, such as <c>customer => customer.Name</c>; other expressions are refused. The name
/// of its field comes from <see cref="NameLocal"/> or <see cref="NameIntegration"/>, else from
/// <see cref="SyncFieldAttribute"/>, else from the convention. The types of the members are checked against the schemas when
/// the mapping is validated.</para>
/// <para>Not safe for concurrent use. Each method returns the same builder.</para>
/// </remarks>
public sealed class TypedMappingBuilder<TLocal, TIntegration>
    where TLocal : class
    where TIntegration : class
{
    private const DynamicallyAccessedMemberTypes EnumFields = DynamicallyAccessedMemberTypes.PublicFields;

    private readonly IntegrationTableMappingBuilder owner;
    private readonly FieldConvention localConvention;
    private readonly FieldConvention integrationConvention;
    private readonly Dictionary<string, string> localNames = [];
    private readonly Dictionary<string, string> integrationNames = [];

    internal TypedMappingBuilder(
        IntegrationTableMappingBuilder owner, FieldConvention localConvention, FieldConvention integrationConvention)
    {
        this.owner = owner;
        this.localConvention = localConvention;
        this.integrationConvention = integrationConvention;
    }

    /// <summary>Names the local field of a member for the calls that follow.</summary>
    /// <typeparam name="TValue">The type of the member.</typeparam>
    /// <param name="member">The member.</param>
    /// <param name="name">The name of the field.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="member"/> is not the access to a member, or <paramref name="name"/> is null, empty, or white space.
    /// </exception>
    public TypedMappingBuilder<TLocal, TIntegration> NameLocal<TValue>(
        Expression<Func<TLocal, TValue>> member, string name) => Name(localNames, MemberAccess.Of(member), name);

    /// <summary>Names the integration column of a member for the calls that follow.</summary>
    /// <typeparam name="TValue">The type of the member.</typeparam>
    /// <param name="member">The member.</param>
    /// <param name="name">The name of the column.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="member"/> is not the access to a member, or <paramref name="name"/> is null, empty, or white space.
    /// </exception>
    public TypedMappingBuilder<TLocal, TIntegration> NameIntegration<TValue>(
        Expression<Func<TIntegration, TValue>> member, string name) => Name(integrationNames, MemberAccess.Of(member), name);

    /// <summary>Adds a field mapping between two members, or configures the existing one.</summary>
    /// <typeparam name="TLocalValue">The type of the local member.</typeparam>
    /// <typeparam name="TIntegrationValue">The type of the integration member.</typeparam>
    /// <param name="local">The local member.</param>
    /// <param name="integration">The integration member.</param>
    /// <param name="configure">Configures the field mapping, or null for its defaults.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// An expression is not the access to a member, or there is no translation for the type of a member.
    /// </exception>
    public TypedMappingBuilder<TLocal, TIntegration> Field<
        [DynamicallyAccessedMembers(EnumFields)] TLocalValue,
        [DynamicallyAccessedMembers(EnumFields)] TIntegrationValue>(
        Expression<Func<TLocal, TLocalValue>> local,
        Expression<Func<TIntegration, TIntegrationValue>> integration,
        Action<FieldMappingBuilder>? configure = null) =>
        Add(LocalOf(local), IntegrationOf(integration), configure);

    /// <summary>Adds a field mapping between two members that functions convert.</summary>
    /// <typeparam name="TLocalValue">The type of the local member.</typeparam>
    /// <typeparam name="TIntegrationValue">The type of the integration member.</typeparam>
    /// <param name="local">The local member.</param>
    /// <param name="integration">The integration member.</param>
    /// <param name="toIntegration">
    /// Converts a local value, possibly null; null if the field does not travel to the integration side. It must be pure, and
    /// throws a <see cref="FormatException"/> for a value without an equivalent.
    /// </param>
    /// <param name="toLocal">
    /// Converts an integration value, possibly null; null if the field does not travel to the local side. As
    /// <paramref name="toIntegration"/>.
    /// </param>
    /// <param name="configure">Configures the field mapping, or null for its defaults.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// Both functions are null, an expression is not the access to a member, or there is no translation for the type of a
    /// member.
    /// </exception>
    public TypedMappingBuilder<TLocal, TIntegration> Field<
        [DynamicallyAccessedMembers(EnumFields)] TLocalValue,
        [DynamicallyAccessedMembers(EnumFields)] TIntegrationValue>(
        Expression<Func<TLocal, TLocalValue>> local,
        Expression<Func<TIntegration, TIntegrationValue>> integration,
        Func<TLocalValue, TIntegrationValue>? toIntegration,
        Func<TIntegrationValue, TLocalValue>? toLocal,
        Action<FieldMappingBuilder>? configure = null)
    {
        if (toIntegration is null && toLocal is null)
        {
            throw new ArgumentException("At least one function is needed to convert the values.", nameof(toIntegration));
        }

        var (localField, integrationField) = (LocalOf(local), IntegrationOf(integration));
        var converter = new TypedConverter<TLocal, TLocalValue, TIntegration, TIntegrationValue>(
            localField, integrationField, toIntegration, toLocal);
        return Add(localField, integrationField, Configure);

        void Configure(FieldMappingBuilder field)
        {
            _ = field.Convert(converter).Direction(
                toLocal is null ? SyncDirection.ToIntegrationTable
                : toIntegration is null ? SyncDirection.FromIntegrationTable
                : SyncDirection.Bidirectional);
            configure?.Invoke(field);
        }
    }

    /// <summary>Adds a reference that is translated through the couplings of other mappings.</summary>
    /// <typeparam name="TLocalValue">The type of the local member.</typeparam>
    /// <typeparam name="TIntegrationValue">The type of the integration member.</typeparam>
    /// <param name="local">The local member.</param>
    /// <param name="integration">The integration member.</param>
    /// <param name="lookup">How the reference is translated.</param>
    /// <param name="configure">Configures the field mapping, or null for its defaults.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// An expression is not the access to a member, or there is no translation for the type of a member.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="lookup"/> is null.</exception>
    public TypedMappingBuilder<TLocal, TIntegration> Lookup<
        [DynamicallyAccessedMembers(EnumFields)] TLocalValue,
        [DynamicallyAccessedMembers(EnumFields)] TIntegrationValue>(
        Expression<Func<TLocal, TLocalValue>> local,
        Expression<Func<TIntegration, TIntegrationValue>> integration,
        LookupMapping lookup,
        Action<FieldMappingBuilder>? configure = null)
    {
        var (localField, integrationField) = (LocalOf(local), IntegrationOf(integration));
        _ = owner.Lookup(
            localField.Name, integrationField.Name, lookup, field => Finish(field, localField, integrationField, configure));
        return this;
    }

    /// <summary>Adds a constant for a local member. Business Central: Constant Value.</summary>
    /// <typeparam name="TValue">The type of the member.</typeparam>
    /// <param name="local">The member.</param>
    /// <param name="value">The constant.</param>
    /// <param name="configure">Configures the field mapping, or null for its defaults.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The expression is not the access to a member, or there is no translation for its type.
    /// </exception>
    /// <exception cref="FormatException">A field cannot hold the constant.</exception>
    public TypedMappingBuilder<TLocal, TIntegration> LocalConstant<[DynamicallyAccessedMembers(EnumFields)] TValue>(
        Expression<Func<TLocal, TValue>> local, TValue value, Action<FieldMappingBuilder>? configure = null)
    {
        var field = LocalOf(local);
        _ = owner.LocalConstant(field.Name, field.ToField(value), builder => Finish(builder, field, null, configure));
        return this;
    }

    /// <summary>Adds a constant for an integration member. Business Central: Constant Value.</summary>
    /// <typeparam name="TValue">The type of the member.</typeparam>
    /// <param name="integration">The member.</param>
    /// <param name="value">The constant.</param>
    /// <param name="configure">Configures the field mapping, or null for its defaults.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The expression is not the access to a member, or there is no translation for its type.
    /// </exception>
    /// <exception cref="FormatException">A field cannot hold the constant.</exception>
    public TypedMappingBuilder<TLocal, TIntegration> IntegrationConstant<[DynamicallyAccessedMembers(EnumFields)] TValue>(
        Expression<Func<TIntegration, TValue>> integration, TValue value, Action<FieldMappingBuilder>? configure = null)
    {
        var field = IntegrationOf(integration);
        _ = owner.IntegrationConstant(field.Name, field.ToField(value), builder => Finish(builder, null, field, configure));
        return this;
    }

    /// <summary>Matches uncoupled records by a pair of members, which do not have to be mapped.</summary>
    /// <typeparam name="TLocalValue">The type of the local member.</typeparam>
    /// <typeparam name="TIntegrationValue">The type of the integration member.</typeparam>
    /// <param name="local">The local member.</param>
    /// <param name="integration">The integration member.</param>
    /// <param name="priority">
    /// The match group of the fields. All fields of a group must match; groups with a lower number are tried first.
    /// </param>
    /// <param name="caseSensitive">Whether letter case matters in texts.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// An expression is not the access to a member, or there is no translation for the type of a member.
    /// </exception>
    public TypedMappingBuilder<TLocal, TIntegration> MatchOn<
        [DynamicallyAccessedMembers(EnumFields)] TLocalValue,
        [DynamicallyAccessedMembers(EnumFields)] TIntegrationValue>(
        Expression<Func<TLocal, TLocalValue>> local,
        Expression<Func<TIntegration, TIntegrationValue>> integration,
        int priority = 0,
        bool caseSensitive = false)
    {
        _ = owner.MatchOn(LocalOf(local).Name, IntegrationOf(integration).Name, priority, caseSensitive);
        return this;
    }

    private ClassField<TLocal, TValue> LocalOf<[DynamicallyAccessedMembers(EnumFields)] TValue>(
        Expression<Func<TLocal, TValue>> expression)
    {
        var member = MemberAccess.Of(expression);
        return FieldFactory.Of<TLocal, TValue>(member, localNames.GetValueOrDefault(member.Name), localConvention);
    }

    private ClassField<TIntegration, TValue> IntegrationOf<[DynamicallyAccessedMembers(EnumFields)] TValue>(
        Expression<Func<TIntegration, TValue>> expression)
    {
        var member = MemberAccess.Of(expression);
        return FieldFactory.Of<TIntegration, TValue>(
            member, integrationNames.GetValueOrDefault(member.Name), integrationConvention);
    }

    private TypedMappingBuilder<TLocal, TIntegration> Name(
        Dictionary<string, string> names, MemberInfo member, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        names[member.Name] = name;
        return this;
    }

    private TypedMappingBuilder<TLocal, TIntegration> Add(
        TypedField local, TypedField integration, Action<FieldMappingBuilder>? configure)
    {
        _ = owner.Field(local.Name, integration.Name, field => Finish(field, local, integration, configure));
        return this;
    }

    private static void Finish(
        FieldMappingBuilder field, TypedField? local, TypedField? integration, Action<FieldMappingBuilder>? configure)
    {
        _ = field.HeldBy(local, integration);
        if (configure is null)
        {
            _ = field.Enabled();
        }
        else
        {
            configure(field);
        }
    }
}
