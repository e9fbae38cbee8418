using System.Reflection;
using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Tests.ApiRules;

/// <summary>What holds for the whole public surface of the core package.</summary>
public sealed class ApiRuleTests
{
    // Inheritance is the feature of these: a closed tree of filters, and a closed family of exceptions.
    private static readonly Type[] OpenByDesign = [];

    private static readonly Type[] Spis =
        [typeof(ITableConnector), typeof(ICouplingStore), typeof(ISyncJobLog), typeof(ISyncRule)];

    private static readonly Type[] Types = [.. typeof(SyncEngine).Assembly.GetExportedTypes()];

    private static readonly MethodInfo[] Methods = [.. Types.SelectMany(type =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))];

    [Fact]
    public void Tokens_come_last() =>
        Methods.Where(method => method.GetParameters().SkipLast(1).Any(IsToken)).Select(Name).Should().BeEmpty();

    [Fact]
    public void Tokens_are_required_where_others_implement() =>
        Methods.Where(method =>
            Spis.Contains(method.DeclaringType) && method.GetParameters().Any(parameter => IsToken(parameter) && parameter.HasDefaultValue))
            .Select(Name)
            .Should().BeEmpty();

    [Fact]
    public void Tokens_are_optional_where_users_call() =>
        Methods.Where(method =>
            method.DeclaringType!.IsClass && !Spis.Any(spi => spi.IsAssignableFrom(method.DeclaringType)))
            .Where(method => method.GetParameters().Any(parameter => IsToken(parameter) && !parameter.HasDefaultValue))
            .Select(Name).Should().BeEmpty();

    [Fact]
    public void Asynchronous_methods_take_a_token_and_say_so_in_their_name()
    {
        var asynchronous = Methods.Where(method => IsTask(method.ReturnType)).ToList();

        asynchronous.Should().NotBeEmpty();
        asynchronous.Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal)).Select(Name)
            .Should().BeEmpty();
        asynchronous.Where(method =>
            method.Name != nameof(IAsyncDisposable.DisposeAsync) && !method.GetParameters().Any(IsToken))
            .Select(Name)
            .Should().BeEmpty();
        Methods.Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal) && !IsTask(method.ReturnType))
            .Select(Name)
            .Should().BeEmpty();
    }

    [Fact]
    public void Classes_are_sealed_or_abstract() =>
        Types.Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract).Except(OpenByDesign).Should().BeEmpty();

    [Fact]
    public void Machinery_is_not_public() =>
        Types.Where(type => type.Namespace is not ("Dataverse.Sync" or "Microsoft.Extensions.DependencyInjection"))
            .Should().BeEmpty();

    [Fact]
    public void Fields_are_constants() =>
        Types.Where(type => !type.IsEnum)
            .SelectMany(type =>
                type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsLiteral).Select(field => $"{field.DeclaringType!.Name}.{field.Name}").Should()
            .BeEmpty();

    [Fact]
    public void Properties_of_records_are_set_at_birth_only() =>
        Types.Where(type => type.GetMethod("<Clone>$") is not null)
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(property =>
                property.SetMethod is { IsPublic: true } set
                && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}").Should().BeEmpty();

    private static bool IsToken(ParameterInfo parameter) => parameter.ParameterType == typeof(CancellationToken);

    private static bool IsTask(Type type) => typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)

        || (type.IsGenericType && IsGenericTask(type.GetGenericTypeDefinition()));

    private static bool IsGenericTask(Type type) => type == typeof(ValueTask<>) || type == typeof(IAsyncEnumerable<>);

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
